/** What the address of a repository of CodeArts Repo tells. */
export interface CodeArtsRemote {
  readonly region: string;
  /** The CodeArts project's id; null in the older addresses, which have a group's name in its place. */
  readonly projectId: string | null;
}

const ADDRESS =
  /^(?:(?:https|ssh):\/\/)?(?:[^/@\s]+@)?codehub\.devcloud\.(?<region>[a-z]+(?:-[a-z]+)+-\d+)\.huaweicloud\.com(?::22(?=\/))?[/:](?<first>[^/\s]+)\/./;

/** Reads the URL of a remote (codearts-api.md section 2); null when it is not one of CodeArts Repo with a region. */
export function codeArtsRemote(url: string): CodeArtsRemote | null {
  const { region, first = '' } = ADDRESS.exec(url)?.groups ?? {};
  return region === undefined ? null : { region, projectId: /^[0-9a-f]{32}$/.test(first) ? first : null };
}
