/** The JavaScript file of npm. @throws Error when there is none */
export function npmCli(): string;
