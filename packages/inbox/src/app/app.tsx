import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { queryClient } from "../data/query-client.ts";
import { Announcer } from "../ui/announcer.tsx";
import { awaitGesture } from "../ui/chime.ts";
import { Toaster } from "../ui/toaster.tsx";
import { router } from "./router.tsx";

/** The Team Inbox. The page's policy allows no style elements, so no part may add one. */
export function App() {
  useEffect(awaitGesture, []);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toaster />
        <Announcer />
      </QueryClientProvider>
    </CSPProvider>
  );
}
