/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  // `npm test` and `npm run verify` check the types of everything, tests included; a start only builds.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ["lucide"] },
  serverExternalPackages: ["postgres", "pg-boss", "@node-rs/argon2", "pdfkit"],
};

export default config;
