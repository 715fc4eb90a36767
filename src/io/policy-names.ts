const policyNames: ReadonlySet<string> = new Set(['policy.yaml', 'policy.yml']);
const besideNames: ReadonlySet<string> = new Set(['conditions.yaml', 'conditions.yml', 'set.yaml', 'set.yml']);
const passedOver: ReadonlySet<string> = new Set(['node_modules', '.git', '.terraform']);

export const isPolicyName = (name: string): boolean => policyNames.has(name);

/** Whether it says something for the policies of its folder. */
export const isBesideName = (name: string): boolean => besideNames.has(name);

/** Whether nobody looks for policies in directories of this name. */
export const isPassedOver = (name: string): boolean => passedOver.has(name);
