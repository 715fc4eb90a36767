import type { Origin, Value } from './value.ts';

/** What every element of the model has. */
export type Entity = {
  /** Unique over all inputs; what a `Reference` names. */
  readonly id: string;
  /** Terraform address, module and instance keys included. */
  readonly address: string;
  /** False for what a context input brings: it completes the model and is not judged. */
  readonly judged: boolean;
  /** False for a data source: only what it shows is in view. */
  readonly managed: boolean;
  readonly origin: Origin;
};

/** Where an entity lives, as far as configuration or an ARN says. */
export type Location = {
  readonly region: Value<string>;
  readonly account: Value<string>;
};
