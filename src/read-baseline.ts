import { type BaselineRead, asBaseline, refuseBaseline } from './policy/baseline/read-baseline.ts';
import { parseJson } from './terraform/json.ts';
import { locateJsonFault } from './terraform/plan/json-fault.ts';

/** Reads what `--write-baseline` wrote. `path` is how a diagnostic names the file. */
export const readBaseline = (text: string, path: string): BaselineRead => {
  const value = parseJson(text);
  if (value !== undefined) return asBaseline(value, path);
  const { line, column } = locateJsonFault(text);
  return refuseBaseline(path, 'This is no JSON, so it is no baseline.', { line, column });
};
