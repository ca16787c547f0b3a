import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { supportsConfigHooks } from '../install/config-layer.ts';
import { inspectLayers } from '../install/layers.ts';
import { plainText } from '../ui/plain-text.ts';
import { findingLines } from '../ui/findings.ts';
import { accessChecks } from './access-checks.ts';
import { targetOf } from './access-context.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import type { Check, Finding, Patient } from './doctor/check.ts';
import { AFTER_SENDING, BEFORE_SENDING } from './doctor/index.ts';
import { probePush } from './doctor/probe.ts';
import { applyInstall, planInput } from './install.ts';
import { readState } from './repository-state.ts';
import { columnsOf } from './row-table.ts';

type Named = Finding & { readonly check: string };

/** `doctor`: every cause by which a push could not start its builds, each with its remedy. */
export const doctor: Run = async (_args, options, context) => {
  const isLive = options['live'] === true;
  let findings = await examine(context, isLive);
  if (options['fix'] === true && findings.some(({ isMendedByInstall }) => isMendedByInstall)) {
    const { repository } = await readState(context);
    const input = await planInput(repository, context, { isServer: false, mayChangeWorkTree: false });
    await applyInstall(input, repository, context);
    context.say(t`installed again`);
    findings = await examine(context, isLive);
  }
  if (options['probe'] === true) {
    context.say(t`pushing HEAD to a throwaway repository; other hooks of this repository run too`);
    findings = [...findings, { check: 'probe', ...(await probePush(await patientOf(context))) }];
  }
  if (options['json'] === true) {
    printJson(
      findings.map(({ check, ok, detail, remedy }) => ({ check, ok, detail, remedy })),
      context,
    );
  } else {
    context.print(screen(findings, context));
  }
  return findings.every(({ ok }) => ok) ? ExitCode.Ok : ExitCode.Failed;
};

async function patientOf(context: CommandContext): Promise<Patient> {
  const { env } = context.effects;
  const state = await readState(context);
  return {
    state,
    context,
    layers: await inspectLayers(state.repository),
    hasConfigHooks: await supportsConfigHooks(env),
  };
}

async function examine(context: CommandContext, isLive: boolean): Promise<Named[]> {
  const patient = await patientOf(context);
  const { state } = patient;
  const { endpoint } = state;
  const run = (checks: readonly Check[]): Promise<Named[]> =>
    Promise.all(
      checks.map(async (check) => ({ check: check.name, ...(await examined(check.run, patient)) })),
    );
  const access = await accessChecks({ state, endpoint, target: targetOf(endpoint) }, context, { isLive });
  return [
    ...(await run(BEFORE_SENDING)),
    ...access.map((found) => ({ ...found, remedy: found.remedy === '' ? null : found.remedy })),
    ...(await run(AFTER_SENDING)),
  ];
}

/** A check that cannot be made is a finding too: the others are still to be told. */
async function examined(run: (patient: Patient) => Promise<Finding>, patient: Patient): Promise<Finding> {
  try {
    return await run(patient);
  } catch (error) {
    const remedy = error instanceof UserError ? error.hint : 'codearts-hooks doctor --verbose';
    return { ok: false, detail: error instanceof Error ? error.message : String(error), remedy };
  }
}

function screen(findings: readonly Named[], context: CommandContext): string {
  const shown = findings.map(({ check, ok, detail, remedy }) => ({
    name: check,
    ok,
    detail: plainText(detail, 1000),
    remedy: remedy === null ? null : plainText(remedy, 1000),
  }));
  const bad = findings.filter(({ ok }) => !ok).length;
  const sum =
    bad === 0
      ? context.paint('green', t`a push will start its builds`)
      : context.paint('red', t`${bad} of ${findings.length} checks failed`);
  return `${findingLines(shown, { paint: context.paint, columns: columnsOf(context) })}\n${sum}\n`;
}
