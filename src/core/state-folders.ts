/** What the folder `codearts-hooks` of a repository has in it (delivery.md section 1.3), each after what it is in. */
export const STATE_FOLDERS = ['notes', 'in', 'q', 'done', 'dead', 'bad', 'lock', 'lock/intake'] as const;
