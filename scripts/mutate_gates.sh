#!/bin/sh
# Mutation test of the gates: flips each comparison, limit and guard of Sources/Ledger/Gates, one at a time, and demands
# that the tests in Tests/LedgerTests/Gates fail.
#
#   sh scripts/mutate_gates.sh [DIRECTORY]
#
# Builds once: every mutant of scripts/gate_mutants.txt is compiled in, `$GATE_MUTANT` chooses one. Works on a reduced copy
# of the package in DIRECTORY (default: .build/mutants), in which a SHA-256 of forty lines stands in for swift-crypto.
# Prints one line a mutant; exits 1 if one survives. Needs perl.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
work=${1:-.build/mutants}
mkdir -p "$work/Sources/Crypto" "$work/Tests/LedgerTests"
work=$(cd "$work" && pwd)
for name in Randomness Statistics Schemas Storage Composition; do ln -sfn "$here/Sources/$name" "$work/Sources/$name"; done
ln -sfn "$here/Tests/TestSupport" "$work/Tests/TestSupport"
ln -sfn "$here/Tests/Fixtures" "$work/Tests/Fixtures"
ln -sfn "$here/Tests/LedgerTests/Gates" "$work/Tests/LedgerTests/Gates"
rm -rf "$work/docs"
mkdir -p "$work/docs/reference"
cp "$here/docs/reference/gates.md" "$work/docs/reference/"
cp "$here/scripts/mutants/Package.swift" "$work/Package.swift"
cp "$here/scripts/mutants/SHA256.swift" "$work/Sources/Crypto/SHA256.swift"
rm -rf "$work/Sources/Ledger"
cp -R "$here/Sources/Ledger" "$work/Sources/Ledger"
cp "$here/scripts/mutants/Mutant.swift" "$work/Sources/Ledger/Mutant.swift"

# A line of the list: file ~ text around ~ expression in it ~ mutated expression. The text occurs once in the file.
count=$(perl - "$here/scripts/gate_mutants.txt" "$work/Sources/Ledger/Gates" <<'PERL'
my ($list, $folder) = @ARGV;
open(my $lines, "<", $list) or die "$list: $!\n";
my $number = 0;
while (my $line = <$lines>) {
  chomp $line;
  next if $line =~ /^#/ || $line eq "";
  $number++;
  my ($file, $around, $old, $new) = split / ~ /, $line;
  my $path = "$folder/$file.swift";
  local $/;
  open(my $in, "<", $path) or die "$path: $!\n";
  my $text = <$in>;
  close $in;
  my $found = () = $text =~ /\Q$around\E/g;
  die "mutant $number: '$around' occurs $found times in $file\n" unless $found == 1;
  my $changed = $around;
  $changed =~ s/\Q$old\E/(mutant == $number ? ($new) : ($old))/ or die "mutant $number: no '$old'\n";
  $text =~ s/\Q$around\E/$changed/;
  open(my $out, ">", $path) or die "$path: $!\n";
  print $out $text;
  close $out;
  $/ = "\n";
}
print $number;
PERL
)
cd "$work"
swift build -c release --build-tests >build.log 2>&1 || { tail -40 build.log; exit 2; }
GATE_MUTANT=0 swift test -c release --skip-build >test.log 2>&1 || { echo "the tests fail without a mutant"; exit 2; }
survivors=0
number=0
while [ "$number" -lt "$count" ]; do
  number=$((number + 1))
  line=$(grep -v '^#' "$here/scripts/gate_mutants.txt" | grep . | sed -n "${number}p")
  if GATE_MUTANT=$number swift test -c release --skip-build >test.log 2>&1; then
    echo "SURVIVED $number: $line"
    survivors=$((survivors + 1))
  else
    echo "killed $number: $line"
  fi
done
echo "$((count - survivors)) of $count mutants killed"
[ "$survivors" -eq 0 ]
