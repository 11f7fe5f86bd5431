// Until the first build, which puts the mini program in its place.
App({});
