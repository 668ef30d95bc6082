import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PlainShell } from "@/components/plain-shell";
import { Notice } from "@/components/ui/notice";
import { safePath } from "@/lib/server/account-input";
import { findViewer } from "@/lib/server/viewer";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

const NOTICE: Record<string, string> = {
  reset: "Your new password is set, and every browser was signed out. Sign in with it.",
  "signed-out": "You are signed out.",
};

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await searchParams;
  const callbackUrl = safePath(typeof query.callbackUrl === "string" ? query.callbackUrl : undefined);
  if (await findViewer()) redirect(callbackUrl as Route);
  const notice = NOTICE[String(query.notice)];
  const next = callbackUrl === "/" ? "" : `?callbackUrl=${encodeURIComponent(callbackUrl)}`;
  return (
    <PlainShell
      title="Sign in"
      note="What 1,000 views really earn, and why."
      foot={
        <>
          No account yet?{" "}
          <Link className="link" href={`/sign-up${next}` as Route}>
            Create one
          </Link>
        </>
      }
    >
      {notice && (
        <Notice tone="success" className="mb-5">
          {notice}
        </Notice>
      )}
      <SignInForm callbackUrl={callbackUrl} />
      <p className="mt-4 text-sm">
        <Link className="link" href={"/forgot" as Route}>
          Forgot the password?
        </Link>
      </p>
    </PlainShell>
  );
}
