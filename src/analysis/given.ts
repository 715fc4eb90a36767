import type { PolicyConfiguration } from '../model/configuration.ts';

/** What a configuration of this program states of the world, and no configuration of Terraform shows. */
export type Given = Pick<PolicyConfiguration, 'users' | 'assume'>;

export const nothingGiven: Given = { users: [], assume: [] };
