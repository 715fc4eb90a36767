/**
 * Ends the test run with one line that people and scripts can read: `N passed, N failed[, N skipped]`.
 * Jest prints its own summary after all other reporters have run, so the line waits until the process exits.
 */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    // A test file that does not load has no tests that could fail: it counts as a failure itself.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const suffix = skipped > 0 ? `, ${skipped} skipped` : '';
    process.once('exit', () => {
      process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed${suffix}\n`);
    });
  }
}
