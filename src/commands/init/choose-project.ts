import { type Project, listProjects } from '../../codearts/projects.ts';
import { codeArtsRemote } from '../../codearts/remote.ts';
import { nearestTo } from '../../core/nearest.ts';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import type { CommandContext } from '../define.ts';
import { warning } from '../warning.ts';
import type { Asker } from './asker.ts';
import type { Service } from './reach-service.ts';

const PROJECT_ID = /^[0-9a-f]{32}$/;

/**
 * The CodeArts project to look for jobs in: what was said, what the address of the remote tells, the only one there
 * is; else it is asked for.
 *
 * @param wanted an id or a name
 * @returns its id; null: it cannot be told
 * @throws {UserError} `usage`
 */
export async function chooseProject(
  service: Service,
  { wanted, remoteUrl }: { readonly wanted: string | null; readonly remoteUrl: string | null },
  asker: Asker | null,
  context: CommandContext,
): Promise<string | null> {
  if (wanted !== null && PROJECT_ID.test(wanted)) return wanted;
  const told = codeArtsRemote(remoteUrl ?? '')?.projectId ?? null;
  if (wanted === null && told !== null) return told;
  const answer = await listProjects(service.target, service.send);
  if (answer.kind !== 'answer') {
    context.say(warning(t`your projects cannot be listed: ${answer.reason}`, context));
    return null;
  }
  const projects = answer.value;
  if (wanted !== null) return byName(projects, wanted);
  const [first] = projects;
  if (projects.length <= 1 || !first) return first?.id ?? null;
  if (asker) return await askProject(projects, asker);
  const names = projects.map(({ name }) => name).join(', ');
  throw new UserError('usage', t`there are ${projects.length} projects: ${names.slice(0, 500)}`, {
    hint: 'codearts-hooks init --project <name or id>',
  });
}

function byName(projects: readonly Project[], wanted: string): string {
  const found = projects.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [project] = found;
  if (project && found.length === 1) return project.id;
  const near = nearestTo(
    wanted,
    projects.map(({ name }) => name),
  );
  throw new UserError(
    'usage',
    project ? t`more than one project is called ${wanted}` : t`you have no project that is called ${wanted}`,
    { hint: near === null ? 'codearts-hooks init --project <id>' : t`did you mean ${near}?` },
  );
}

async function askProject(projects: readonly Project[], asker: Asker): Promise<string> {
  return await asker.search(t`Which CodeArts project?`, (typed) =>
    projects
      .filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(typed.toLowerCase()))
      .map(({ id, name }) => ({ value: id, label: name, hint: id })),
  );
}
