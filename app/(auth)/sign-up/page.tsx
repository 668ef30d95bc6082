import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PlainShell } from "@/components/plain-shell";
import { safePath } from "@/lib/server/account-input";
import { env } from "@/lib/server/env";
import { findViewer } from "@/lib/server/viewer";
import { RequestSignUpForm, SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await searchParams;
  const callbackUrl = safePath(typeof query.callbackUrl === "string" ? query.callbackUrl : undefined);
  if (await findViewer()) redirect(callbackUrl as Route);
  const next = callbackUrl === "/" ? "" : `?callbackUrl=${encodeURIComponent(callbackUrl)}`;
  return (
    <PlainShell
      title="Create an account"
      note="For your own channels, or to look after others'."
      foot={
        <>
          Have an account?{" "}
          <Link className="link" href={`/sign-in${next}` as Route}>
            Sign in
          </Link>
        </>
      }
    >
      {env().isLocal ? <SignUpForm callbackUrl={callbackUrl} /> : <RequestSignUpForm />}
    </PlainShell>
  );
}
