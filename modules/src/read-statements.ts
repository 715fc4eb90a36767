import { allow } from './arns.ts';
import type { Secret } from './credentials.ts';

/** What somebody needs who reads these secrets, and no more. */
export const readStatements = (secrets: readonly Secret[]): readonly object[] => [
  allow(
    'secretsmanager:GetSecretValue',
    secrets.map(({ arn }) => arn),
  ),
  ...[...new Set(secrets.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []))].map(decrypt),
];

/** Only through Secrets Manager; the region is that of the key anyway. */
const decrypt = (keyArn: string): object => ({
  ...allow('kms:Decrypt', keyArn),
  Condition: {
    StringLike: { 'kms:ViaService': ['secretsmanager.*.amazonaws.com', 'secretsmanager.*.amazonaws.com.cn'] },
  },
});
