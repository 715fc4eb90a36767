import { type Fault, toDiagnostic } from '../loading/fault.ts';
import { type YamlKind, parseYaml } from '../loading/parse-yaml.ts';
import { type DocumentSchema, schemaFaults } from '../loading/schema-faults.ts';
import { assembleConfiguration } from './assemble-configuration.ts';
import type { ConfigurationFile, LoadedConfiguration } from './configuration-file.ts';
import { configurationKeys, validateConfiguration } from './validate-configuration.generated.ts';
import { valueFaults } from './value-faults.ts';

const yamlKind: YamlKind = {
  unparsable: 'configuration-unparsable',
  invalid: 'configuration-invalid',
  noAliases: 'A configuration takes no YAML aliases: write the value out.',
  tagHint: 'A value that begins with `!` needs quotes around it.',
};

const configurationSchema: DocumentSchema = {
  code: 'configuration-invalid',
  validate: validateConfiguration,
  whole: 'A configuration',
  keysAt: (instancePath) => configurationKeys.get(instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*')) ?? [],
};

/** Every fault of the file at once, or what it says. */
export const readPolicyConfiguration = (file: ConfigurationFile): LoadedConfiguration => {
  const document = parseYaml(file.text, yamlKind);
  // An empty file, or one of comments alone, says nothing, and that is no fault.
  const written = document.document.toJS() ?? {};
  const isEmpty = document.document.toJS() === null;
  const faults = [...document.faults, ...(isEmpty ? [] : schemaFaults(document, configurationSchema))];
  const all = [...faults, ...(faults.length === 0 ? valueFaults(written, document) : [])];
  return {
    configuration: all.length === 0 ? assembleConfiguration(written, document, file) : null,
    diagnostics: all.sort(byOffset).map((fault) => toDiagnostic(fault, file.path, document.locate)),
  };
};

const byOffset = (left: Fault, right: Fault): number => left.offset - right.offset;
