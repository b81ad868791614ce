import type { AdmissionPolicy } from '@meshway/admission';
import {
  Guardrail,
  GuardrailPlace,
  guardrailPlaces,
  guardrailSeverities,
  GuardrailSeverity,
} from './GuardrailPack';
import type { GuardrailPackProblem } from './InvalidGuardrailPackError';

const annotation = (key: string) => `meshway.dev/${key}`;
const texts = ['code', 'title', 'why', 'fix', 'docs'] as const;

const isPlace = (text: string): text is GuardrailPlace =>
  guardrailPlaces.some(place => place === text);
const isSeverity = (text: string): text is GuardrailSeverity =>
  guardrailSeverities.some(severity => severity === text);
const oneOf = (text: string, known: readonly string[]) =>
  `${text} is unknown; write ${known.join(', ')}`;

/** @returns what the annotations of a rule say to people, or undefined after reporting what is missing. */
export function describeRule(
  policy: AdmissionPolicy,
  problems: GuardrailPackProblem[],
): Guardrail | undefined {
  const { annotations, file, line, name } = policy;
  const before = problems.length;
  const report = (message: string) => problems.push({ file, line, message });
  const text = (key: string) => {
    const value = annotations[annotation(key)]?.trim() ?? '';
    if (value === '') report(`the annotation ${annotation(key)} is missing`);
    return value;
  };

  const [code, title, why, fix, docs] = texts.map(text);
  if (code !== '' && !/^MSG(?!000)\d{3}$/.test(code))
    report(`${annotation('code')}: ${code} is no code such as MSG001`);
  const severity = text('severity');
  if (severity !== '' && !isSeverity(severity))
    report(
      `${annotation('severity')}: ${oneOf(severity, guardrailSeverities)}`,
    );
  const holds = text('holds');
  if (holds !== '' && !isPlace(holds))
    report(`${annotation('holds')}: ${oneOf(holds, guardrailPlaces)}`);
  if (policy.failurePolicy !== 'Fail')
    report('failurePolicy must be Fail: a rule that cannot be judged refuses');
  policy.bindings
    .filter(({ actions }) => !actions.includes('Deny'))
    .forEach(binding =>
      report(
        `binding ${binding.name} does not Deny, so it would refuse nothing`,
      ),
    );
  if (holds === 'portal')
    policy.bindings
      .filter(
        ({ matchResources }) =>
          matchResources?.objectSelector?.matchLabels?.[
            annotation('judged-in')
          ] !== 'portal',
      )
      .forEach(binding =>
        report(
          `binding ${binding.name} needs the objectSelector ${annotation(
            'judged-in',
          )}: portal, so that the rule does nothing in a cluster it is applied to by mistake`,
        ),
      );

  return problems.length === before && isSeverity(severity) && isPlace(holds)
    ? { code, name, title, why, fix, docs, severity, holds, file }
    : undefined;
}
