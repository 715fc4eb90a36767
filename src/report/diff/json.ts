import type { Comparison } from '../../model/comparison.ts';
import { reportKeys, toJson } from '../json.ts';

/** The differences for programs, with the keys of reports. */
export const renderDiffJson = (comparison: Comparison): string => toJson([comparison], [...reportKeys, 'finding']);
