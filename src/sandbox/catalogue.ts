/** A job as the service lists it. */
export interface CatalogueJob {
  readonly id: string;
  readonly name: string;
  /** The page of the repository that it builds. */
  readonly sourceUrl: string;
  /** Whether the caller may start it; the list alone says so, starting it works all the same. */
  readonly isExecutable: boolean;
  readonly isDisabled: boolean;
  /** CodeArts Repo starts it at every push. */
  readonly buildsByItself: boolean;
}

/** The documentation's example. */
const SAMPLE_ID = 'f9d6c8466d614a9788e9a0acf6c15f46';

const SHOP = 'https://example.com/shop/shop';
const USUAL = { sourceUrl: SHOP, isExecutable: true, isDisabled: false, buildsByItself: false };

/** A project to try `init` on: a job of each kind that it tells apart. */
export const SAMPLE_CATALOGUE: readonly CatalogueJob[] = [
  { ...USUAL, id: SAMPLE_ID, name: 'shop-ci' },
  { ...USUAL, id: '1c9d2f3a4b5c6d7e8f90a1b2c3d4e5f6', name: 'shop-release', buildsByItself: true },
  { ...USUAL, id: '2d8e3f4a5b6c7d8e9f01a2b3c4d5e6f7', name: 'shop-nightly', isDisabled: true },
  { ...USUAL, id: '3e7f4a5b6c7d8e9f0a12b3c4d5e6f708', name: 'shop-deploy', isExecutable: false },
  {
    ...USUAL,
    id: '4f6a5b6c7d8e9f0a1b23c4d5e6f70819',
    name: 'docs-site',
    sourceUrl: 'https://example.com/shop/docs',
  },
];

/** The jobs that are listed where nobody names any: those that exist, or the documentation's example. */
export function catalogueOf(jobs: ReadonlySet<string> | null): readonly CatalogueJob[] {
  return [...(jobs ?? [SAMPLE_ID])].map((id) => ({ ...USUAL, id, name: nameOf(id) }));
}

/** What a job is called that is on no list. */
export function nameOf(jobId: string): string {
  return jobId === SAMPLE_ID ? 'shop-ci' : `job-${jobId.slice(0, 6)}`;
}
