/** How many random cases a property is tried with: 10,000 in the long tier, `npm run test:trust`. */
export const RUNS: number = process.env['TRUST'] === 'full' ? 10_000 : 500;
