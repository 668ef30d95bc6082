/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  serverExternalPackages: ["postgres", "pg-boss", "@node-rs/argon2"],
};

export default config;
