import { z } from 'zod';

export const ledgerSchema = z.strictObject({
  type: z.literal('sqlite').default('sqlite'),
  path: z.string().min(1).default('archive/ledger.sqlite'),
});
export type LedgerSettings = z.output<typeof ledgerSchema>;
