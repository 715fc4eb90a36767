import type { VersionedDocument } from '../../iam/parse-document.ts';
import type { IamStatement } from '../../model/iam.ts';
import type { Origin } from '../../model/value.ts';
import { joinOrigins } from '../../terraform/origins.ts';

/** More than AWS takes in any document; documents that include each other twice over double at each step. */
const maximumStatements = 1000;

/** Statements of all documents, of two with one `sid` the later, in the latest of their versions, as the provider does. */
export const mergeDocuments = (parts: readonly VersionedDocument[], origin: Origin): VersionedDocument => {
  const documents = parts.map(({ document }) => document);
  const versions = parts.map(({ version }) => version).sort();
  const statements = documents.flatMap((document) => document.statements);
  return {
    version: versions.at(-1) ?? '',
    document: {
      statements: lastOfEachSid(statements.slice(0, maximumStatements)),
      complete: statements.length <= maximumStatements && documents.every((document) => document.complete),
      ...joinOrigins(documents),
      origin,
    },
  };
};

const lastOfEachSid = (statements: readonly IamStatement[]): readonly IamStatement[] =>
  statements.filter(
    (statement, i) => statement.sid === null || !statements.slice(i + 1).some((later) => later.sid === statement.sid),
  );
