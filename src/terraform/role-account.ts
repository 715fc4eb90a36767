/** The account in the ARN of a role; undefined where it is none. */
export const accountOfRole = (arn: string | undefined): string | undefined =>
  /^arn:aws[\w-]*:iam::(\d{12}):role\/./.exec(arn ?? '')?.[1];
