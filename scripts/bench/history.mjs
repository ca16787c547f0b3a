/**
 * Puts commits on a branch, fast; each a second younger than its parent, as git expects when it walks a history.
 * Without files the tree stays as it is, and so does a work tree that has the branch checked out.
 *
 * @param {import('./repository.mjs').Repository} repository
 * @param {{branch: string, from: string, count: number, hasFiles?: boolean}} what
 * @returns {Promise<string>} the branch's new commit
 */
export async function importCommits({ git }, { branch, from, count, hasFiles = false }) {
  const parent = await git(['log', '-1', '--format=%H %ct', `refs/heads/${from}`]);
  const [base, seconds] = parent.split(' ');
  const parts = Array.from({ length: count }, (_, index) => {
    const message = `commit ${index} of ${branch}\n`;
    return [
      `commit refs/heads/${branch}\n`,
      `committer Dev <dev@example.com> ${Number(seconds) + index + 1} +0000\n`,
      `data ${message.length}\n${message}`,
      index === 0 ? `from ${base}\n` : '',
      hasFiles ? `M 100644 inline ${branch}-${index}\ndata 2\n1\n` : '',
      '\n',
    ].join('');
  });
  await git(['fast-import', '--quiet'], parts.join(''));
  return await git(['rev-parse', `refs/heads/${branch}`]);
}
