import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { plainText } from '../ui/plain-text.ts';
import { findingLines } from '../ui/findings.ts';
import { accessChecks, serviceCheck } from './access-checks.ts';
import { accessPlace, sourceAt } from './access-context.ts';
import { type Run, printJson } from './define.ts';
import { columnsOf } from './row-table.ts';

/** `whoami`: where the credentials are from, and who they say we are; never the secret. */
export const whoami: Run = async (_args, options, context) => {
  const place = await accessPlace(context);
  const { endpoint, target } = place;
  if (endpoint.kind === 'none' || target === null) {
    throw new UserError('usage', endpoint.kind === 'none' ? endpoint.reason : t`no endpoint is known`, {
      hint: 'CODEARTS_HOOKS_REGION=cn-north-4 codearts-hooks whoami',
    });
  }
  const found = await sourceAt(place, context);
  const service = options['verify'] === true ? await serviceCheck(place, context) : null;
  const checks = [
    ...(await accessChecks(place, context, { isLive: false })),
    ...(service === null ? [] : [service.found]),
  ];
  if (options['json'] === true) {
    const [source, account] = found.kind === 'source' ? [found.source, found.account] : [null, null];
    printJson({ endpoint: target.endpoint, source, account, checks }, context);
  } else {
    const shown = checks.map(({ check, ok, detail, remedy }) => ({
      name: check,
      ok,
      detail: plainText(detail, 1000),
      remedy: remedy === '' ? null : plainText(remedy, 1000),
    }));
    context.print(findingLines(shown, { paint: context.paint, columns: columnsOf(context) }));
  }
  if (found.kind !== 'source' || service?.kind === 'refused') return ExitCode.Authentication;
  return service === null || service.found.ok ? ExitCode.Ok : ExitCode.Failed;
};
