import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HistoryIcon from '@material-ui/icons/History';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import LockOpenIcon from '@material-ui/icons/LockOpen';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import VisibilityOutlinedIcon from '@material-ui/icons/VisibilityOutlined';
import {
  declaredOnly,
  nothingKnown,
  rungWords,
  verdictWords,
  type MeshStatus,
  type Rung,
  type Verdict,
} from '@meshway/plugin-meshed-service-common';
import type { ElementType } from 'react';
import type { Stale } from './staleOf';

/** Meaning of a colour. `good` belongs to one rung alone: enforced. */
export type Tone = 'good' | 'watch' | 'weak' | 'bad' | 'neutral';

/** How a verdict looks. Label, icon and tone each say it alone, so that none of them has to be seen. */
export type PresentedVerdict = {
  label: string;
  /** What it means for the callers of the service. */
  meaning: string;
  icon: ElementType;
  tone: Tone;
};

const looks: Record<Rung, { icon: ElementType; tone: Tone }> = {
  notMeshed: { icon: LinkOffIcon, tone: 'bad' },
  partiallyMeshed: { icon: TimelapseIcon, tone: 'bad' },
  identityUnhealthy: { icon: ReportProblemOutlinedIcon, tone: 'bad' },
  opportunistic: { icon: LockOpenIcon, tone: 'weak' },
  audit: { icon: VisibilityOutlinedIcon, tone: 'watch' },
  enforced: { icon: VerifiedUserIcon, tone: 'good' },
};

/** @returns how a rung of the ladder looks. */
export function presentRung(rung: Rung): PresentedVerdict {
  return { ...rungWords[rung], ...looks[rung] };
}

/**
 * @param stale - when the verdict speaks of the past: then it is grey, and its label says so, whatever it was.
 * @returns how a verdict looks. What is not known is grey, whatever it could be at most.
 */
export function presentVerdict(
  verdict: Verdict,
  stale?: Stale,
): PresentedVerdict {
  if (verdict.kind === 'unknown')
    return {
      ...verdictWords(verdict),
      icon: HelpOutlineIcon,
      tone: 'neutral',
    };
  const presented = presentRung(verdict.rung);
  if (!stale) return presented;
  return {
    ...presented,
    label: `Was: ${presented.label}`,
    icon: HistoryIcon,
    tone: 'neutral',
  };
}

/** @returns how a status looks as a whole: a service of which nothing was seen has its own picture. */
export function presentStatus(
  status: Pick<MeshStatus, 'declared' | 'observed' | 'verdict'>,
  stale?: Stale,
): PresentedVerdict {
  if (status.observed) return presentVerdict(status.verdict, stale);
  return {
    ...(status.declared ? declaredOnly : nothingKnown),
    icon: HourglassEmptyIcon,
    tone: 'neutral',
  };
}
