/** Arguments that the provider's schema marks sensitive: a plan says so, and configuration text does not. */
export const isSecretName = (name: string): boolean =>
  /password|passwd|secret_string|secret_binary|private_key|auth_token|auth_string/.test(name);
