import type { Judgement, SubjectAttribute } from '../model/judgement.ts';

export const judged = (judgement: Judgement): SubjectAttribute => ({ kind: 'judgement', judgement });

export const text = (words: string): SubjectAttribute => ({ kind: 'text', text: words });
