/**
 * `SIGN_IN_METHODS`: the ways in that a deployment offers. The functions read it from their
 * variables, and the build fills it into the mini program, both from cloudfunctions/resources.json.
 */
import { text } from '../lib/language';
import type { FunctionResource } from './resources';

const VARIABLE = 'SIGN_IN_METHODS';
/** Always there, and all there is where nothing is said. */
const WECHAT = 'wechat';
const KNOWN: readonly string[] = [WECHAT, 'phone', 'password'];

type Variables = Readonly<Record<string, string | undefined>>;

/** The ways that these variables offer. */
export function signInMethodsIn(variables: Variables): readonly string[] {
  return (variables[VARIABLE] ?? WECHAT).split(',');
}

/** The ways of functions that `readResources` has accepted: the same for all. */
export function signInMethodsOf(functions: readonly FunctionResource[]): readonly string[] {
  return signInMethodsIn(functions[0]?.variables ?? {});
}

/** All functions with other ways. */
export function withSignInMethods(
  functions: readonly FunctionResource[],
  methods: string,
): FunctionResource[] {
  return functions.map((resource) => ({
    ...resource,
    variables: { ...resource.variables, [VARIABLE]: methods },
  }));
}

/** What is wrong with a list of ways; `undefined` where nothing is. */
export function problemWithMethods(list: string): string | undefined {
  const methods = list.split(',');
  const isValid =
    methods.includes(WECHAT) &&
    methods.every((method, at) => KNOWN.includes(method) && methods.indexOf(method) === at);
  if (isValid) return undefined;
  const given = JSON.stringify(list);
  return text({
    zh: `须是 wechat，可以再加 phone 和 password，各写一次，用英文逗号分隔，不加空格，不能是 ${given}`,
    en: `must be wechat, alone or with phone and password, each once, separated by commas and no spaces, not ${given}`,
  });
}

/** What is wrong with the ways of the functions; `undefined` where nothing is. */
export function problemWithSignInMethods(
  functions: readonly Pick<FunctionResource, 'name' | 'variables'>[],
): string | undefined {
  const [first, ...others] = functions;
  if (first === undefined) return undefined;
  for (const { name, variables } of functions) {
    const problem = problemWithMethods(variables[VARIABLE] ?? WECHAT);
    if (problem !== undefined) {
      return text({
        zh: `${VARIABLE}（云函数 ${name}）${problem}`,
        en: `${VARIABLE} (of ${name}) ${problem}`,
      });
    }
  }
  const offered = (variables: Variables): string => [...signInMethodsIn(variables)].sort().join();
  const other = others.find(({ variables }) => offered(variables) !== offered(first.variables));
  if (other === undefined) return undefined;
  return text({
    zh: `${VARIABLE} 在所有云函数里须相同，而 ${first.name} 和 ${other.name} 不同：请写在 "defaults" 的 "variables" 里；自己有 "variables" 的云函数，里面也要写`,
    en: `${VARIABLE} must be the same for all functions, and is not for ${first.name} and ${other.name}: put it under "variables" of "defaults", and where a function has "variables" of its own, there too`,
  });
}
