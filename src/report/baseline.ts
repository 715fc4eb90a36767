import type { Baseline } from '../model/baseline.ts';
import { printableJson } from './printable.ts';

/** The text of a baseline: whoever reviews a change of it sees what was added and what is gone. */
export const renderBaseline = (baseline: Baseline): string => `${printableJson(JSON.stringify(baseline, null, 2))}\n`;
