import type { Adapter } from '../shared/adapter.ts';

/** Kept in the graph for the account id that it shows; it is no part of the model itself. */
export const callerIdentity: Adapter = { types: ['aws_caller_identity'], adapt: () => ({}) };
