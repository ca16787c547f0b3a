/** Where a row of delivery.md section 5 is shown besides `test/rows`, whose titles say `row <n>`: a test's title. */
export const SHOWN: Readonly<Record<number, readonly (readonly [file: string, title: string])[]>> = {
  6: [['test/codearts/credential-set.test.ts', 'a malformed %s is refused, and never shown']],
  9: [['test/e2e/faults/broken-set-up.test.ts', 'without node a push ends as git decides']],
  10: [
    ['test/platform/http-route.test.ts', 'a proxy that is not there is named, without its password'],
    [
      'test/platform/http-route.test.ts',
      'of a proxy that answers %i it is certain that the request has not left',
    ],
    ['test/platform/route.test.ts', 'https://%s with NO_PROXY=%s is reached without a proxy'],
  ],
  11: [
    ['test/platform/http-route.test.ts', 'a certificate of another host, or of yesterday, is refused'],
    ['test/e2e/trust/proxy.test.ts', 'of a CA that nobody has named the user is told what to do'],
  ],
  18: [
    ['test/platform/http.test.ts', 'a body over 64 KiB is left, without waiting for its end'],
    ['test/platform/http.test.ts', 'a body that breaks off is what came of it, and marked'],
  ],
  19: [
    ['test/platform/http.test.ts', 'a connection that is reset: the request may have arrived'],
    ['test/e2e/delivery.test.ts', 'a lost reply'],
  ],
  25: [
    ['test/event/commits.test.ts', 'of a new branch, what the remote has on others is left out'],
    ['test/e2e/first-push.test.ts', 'a new branch has zeroes as its old value'],
  ],
  27: [
    ['test/event/commits.test.ts', 'an old value that is not here leaves the tip alone'],
    ['test/event/choose-jobs.test.ts', 'files that cannot be told start every job'],
  ],
  29: [['test/event/commits.test.ts', 'of unrelated histories the new one is listed']],
  30: [['test/event/commits.test.ts', 'an octopus merge lists all that it brings']],
  31: [
    ['test/event/commits-places.test.ts', 'replaced commits are listed as they are'],
    ['test/event/commits-places.test.ts', 'parents that were made up here are not the server’s'],
  ],
  35: [
    ['test/event/commits-places.test.ts', 'what is not as one would expect is remarked'],
    ['scripts/bench/rows-large.mjs', 'COMMITS = 100_000'],
  ],
  36: [['test/event/commit-messages.test.ts', 'a message of 10 MB is cut']],
  37: [
    ['test/event/commit-messages.test.ts', 'a message in GBK that says so is sent in UTF-8'],
    ['test/event/decode-message.test.ts', 'bytes of %s are read'],
  ],
  38: [['test/event/commit-messages.test.ts', 'a message with a NUL ends there']],
  39: [
    ['test/event/commit-messages.test.ts', 'escape sequences, which are data here'],
    ['test/ui/ui.test.ts', 'JSON for a terminal is the same value'],
  ],
  41: [
    ['test/event/commits-places.test.ts', 'a partial clone is not asked to fetch an old value'],
    ['test/event/changed-paths.test.ts', 'a partial clone is not completed for the files’ sake'],
  ],
  44: [['test/e2e/exact/remotes.test.ts', 'starts nothing, by name or by URL']],
  45: [
    ['test/e2e/exact/quiet.test.ts', '--dry-run'],
    ['test/e2e/exact/refused.test.ts', '--atomic, declined by update'],
  ],
  46: [
    ['test/e2e/exact/races.test.ts', 'twelve from twelve worktrees start twelve builds'],
    ['test/e2e/exact/places.test.ts', 'a submodule, --recurse-submodules=on-demand'],
  ],
  48: [['test/e2e/exact/places.test.ts', 'a bare repository that pushes on']],
};

/** Rows of which another part of the product has the whole, and shows it; and why. */
export const ELSEWHERE: Readonly<Record<number, string>> = {
  20: 'an address that never answers: a test has none; each has 2.5 s, as test/platform/http.test.ts says',
  47: 'files of root in the spool: takes another user to show',
};
