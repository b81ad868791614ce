import AutorenewIcon from '@material-ui/icons/Autorenew';
import CheckIcon from '@material-ui/icons/Check';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import { stateWords, type State } from '@meshway/plugin-meshed-service-common';
import type { ElementType } from 'react';
import type { Tone } from './presentVerdict';

const looks: Record<State, { icon: ElementType; tone: Tone }> = {
  // Grey on purpose: a check that holds is no promise, and green is kept for enforced.
  ok: { icon: CheckIcon, tone: 'neutral' },
  progressing: { icon: AutorenewIcon, tone: 'watch' },
  unknown: { icon: HelpOutlineIcon, tone: 'neutral' },
  missing: { icon: RemoveCircleOutlineIcon, tone: 'weak' },
  degraded: { icon: ErrorOutlineIcon, tone: 'bad' },
};

/** @returns how the state of a finding or a service looks. */
export function presentState(state: State): {
  label: string;
  icon: ElementType;
  tone: Tone;
} {
  return { ...stateWords[state], ...looks[state] };
}
