/** What one configuration may cost: loops within loops, and names that lead to names, must end. */
export type Budget = {
  /** Evaluations left. */
  steps: number;
  /** Evaluations that are under way, one inside the other. */
  depth: number;
  /** Instances of modules left. */
  modules: number;
};

/** Some ten times what the largest configurations ask for. */
const maximumSteps = 5_000_000;

/** Far more than any chain of locals, inputs and outputs, and far less than the stack holds. */
const maximumDepth = 1000;

/** Calls in calls multiply; each instance takes memory of its own. */
const maximumModules = 20_000;

export const newBudget = (): Budget => ({ steps: maximumSteps, depth: 0, modules: maximumModules });

/** Runs a step one level deeper; `otherwise` where that would be too deep, or one too many. */
export const spend = <T>(budget: Budget, run: () => T, otherwise: () => T): T => {
  budget.steps -= 1;
  if (budget.steps < 0 || budget.depth >= maximumDepth) return otherwise();
  budget.depth += 1;
  const result = run();
  budget.depth -= 1;
  return result;
};
