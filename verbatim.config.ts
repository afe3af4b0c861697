import { defineConfig, localIdentity, starterRulebook } from './lib/config.ts';

export default defineConfig({
  sources: [{ name: 'support', language: 'en-US', agentChannel: 0 }],
  // On AWS nobody vouches for persons, whom quality needs, until a provider is named: see docs/configuration.md, "Who asks".
  identity: localIdentity(),
  quality: { plans: [{ name: 'monthly', scorecard: 'service', perAgent: 4 }] },
  retention: { defaultClass: '1-year' },
  tagging: { rulebook: starterRulebook({ creditLimitDollars: 25 }) },
});
