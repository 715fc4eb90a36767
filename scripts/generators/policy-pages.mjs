/** A page for each built-in policy in `docs/policies`, and their list. */
import { importBundle } from '../bundle.mjs';

/** @param {string} root */
export async function generatePolicyPages(root) {
  const { builtinPolicies, meaningOf, exampleOf, explainPolicy, renderPolicyIndex, renderPolicyPage } =
    await importBundle(
      root,
      'src/policy/builtin.generated.ts',
      'src/policy/describe-policy.ts',
      'src/report/explain/explanation.ts',
      'src/report/explain/page.ts',
    );
  const explanations = await Promise.all(
    builtinPolicies.map(async (compiled) => {
      const [meaning, example] = await Promise.all([meaningOf(compiled), exampleOf(compiled)]);
      return explainPolicy({ policy: compiled.policy, meaning, example }, []);
    }),
  );
  return new Map([
    ['docs/policies/README.md', renderPolicyIndex(explanations)],
    ...explanations.map((explanation) => [`docs/policies/${explanation.policy.id}.md`, renderPolicyPage(explanation)]),
  ]);
}
