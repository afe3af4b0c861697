/** `VERIFY.txt`: how a package is verified by whoever has nothing but it, `openssl` and `sha256sum`. */
export const verifyText = (
  disputeId: string,
  number: number,
  fingerprint: string,
): string => `EVIDENCE PACKAGE ${number} OF THE DISPUTE ${disputeId}

index.html says what is in it: open it in a browser. Nothing in it asks a network.

1. With Verbatim
   npx verbatim verify PACKAGE.zip --fingerprint FINGERPRINT

2. With unzip, openssl and sha256sum, in an empty folder
   unzip PACKAGE.zip
   a. Is the key the one that you were told by another way than this package?
      openssl pkey -pubin -in public-key.pem -outform DER | openssl dgst -sha256
   b. Did that key sign the manifest? It says: Verified OK
      openssl dgst -sha256 -verify public-key.pem -signature manifest.sig manifest.json
   c. Is SHA256SUMS the file that the manifest tells of? It prints the line of the manifest.
      grep "$(sha256sum SHA256SUMS | cut -c1-64)" manifest.json
   d. Is each file as it was? It prints nothing where all are.
      sha256sum --check --quiet SHA256SUMS
   e. Is there a file that the manifest does not tell of? It prints nothing where there is none.
      find . -type f ! -name manifest.json ! -name manifest.sig ! -name SHA256SUMS | cut -c3- | LC_ALL=C sort > ../found
      cut -c67- SHA256SUMS | LC_ALL=C sort | diff - ../found

The package says that its key has the fingerprint
   ${fingerprint}
Do not believe it: whoever made another package could have written another one. Ask whoever runs the deployment for its
fingerprint, or ask the deployment: npx verbatim evidence-key
`;
