/** `npm run deploy`: functions, collections, permissions and indexes, as cloudfunctions/resources.json says. */
import { build } from '../build';
import { runCommand } from '../lib/command-line';
import { askForCredentials } from '../deploy/credentials';
import { USAGE } from '../deploy/options';
import { runDeploy } from '../deploy/run';
import { projectExaminations } from '../doctor/project';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { installTools, MANAGEMENT_LIBRARY } from '../lib/install-tools';

void runCommand(USAGE, (args) =>
  runDeploy(args, {
    root,
    environment: process.env,
    ...(process.stdin.isTTY && { askForCredentials: () => askForCredentials() }),
    resources: () => readResources(`${root}/cloudfunctions/resources.json`),
    build,
    examinations: projectExaminations(root, process.env),
    install: () => installTools(MANAGEMENT_LIBRARY),
    say: console.log,
    complain: console.error,
  }),
);
