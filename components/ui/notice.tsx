import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export type Tone = "info" | "success" | "warn" | "error";

const LOOK = {
  info: { box: "border-line bg-accent-soft", icon: Info, ink: "text-accent" },
  success: { box: "border-line bg-good-soft", icon: CircleCheck, ink: "text-good" },
  warn: { box: "border-line bg-warn-soft", icon: TriangleAlert, ink: "text-warn" },
  error: { box: "border-bad bg-bad-soft", icon: CircleAlert, ink: "text-bad" },
} as const;

type NoticeProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Set for one that appears after something was done, so that it is read out. */
  live?: boolean;
  className?: string;
};

/** A remark that stays on the page. What passes by is a toast. */
export function Notice({ tone = "info", title, children, actions, live = false, className }: NoticeProps) {
  const { box, icon, ink } = LOOK[tone];
  return (
    <div
      role={live ? (tone === "error" ? "alert" : "status") : undefined}
      className={clsx("flex gap-2.5 rounded-md border p-3 text-sm", box, className)}
    >
      <Icon of={icon} className={clsx("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
