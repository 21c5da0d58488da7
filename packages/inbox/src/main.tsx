import "@fontsource-variable/inter/wght.css";
import "./ui/base.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
