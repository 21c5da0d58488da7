import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The server compares a request's origin with the host that it was sent to: both stay ours. */
const server = {
  target: process.env["FOYER_URL"] ?? "http://127.0.0.1:4000",
  changeOrigin: false,
};

/**
 * The build obeys the page's content security policy: no inline script or style, no data URLs for
 * fonts, no polyfill that Vite would write into the page.
 */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // What the first screen needs is one file, however many lazy parts share some of it.
        codeSplitting: { groups: [{ name: "initial", tags: ["$initial"] }] },
      },
    },
  },
  server: { proxy: { "/v1": server, "/simulator": server } },
});
