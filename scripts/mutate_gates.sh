#!/bin/sh
# Mutation test of the gates: flips each comparison, limit and guard of Sources/Ledger/Gates, one at a time, and demands
# that the tests in Tests/LedgerTests/Gates fail.
#
#   sh scripts/mutate_gates.sh [DIRECTORY]
#
# Builds once: every mutant of scripts/gate_mutants.txt is compiled in, `$GATE_MUTANT` chooses one. Works on a reduced copy
# of the package in DIRECTORY (default: .build/mutants).
# Prints one line a mutant; exits 1 if one survives. MUTANTS="3 17" asks for some. Needs perl.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
work=${1:-.build/mutants}
mkdir -p "$work/Sources" "$work/Tests/LedgerTests"
work=$(cd "$work" && pwd)
for name in Randomness Statistics Schemas Storage Composition; do ln -sfn "$here/Sources/$name" "$work/Sources/$name"; done
ln -sfn "$here/Tests/TestSupport" "$work/Tests/TestSupport"
ln -sfn "$here/Tests/Fixtures" "$work/Tests/Fixtures"
ln -sfn "$here/Tests/LedgerTests/Gates" "$work/Tests/LedgerTests/Gates"
rm -rf "$work/docs"
mkdir -p "$work/docs/reference"
cp "$here/docs/reference/gates.md" "$work/docs/reference/"
cp "$here/scripts/mutants/Package.swift" "$work/Package.swift"
for name in Runs Ledger; do
  rm -rf "$work/Sources/$name"
  cp -R "$here/Sources/$name" "$work/Sources/$name"
  cp "$here/scripts/mutants/Mutant.swift" "$work/Sources/$name/Mutant.swift"
done

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
bundle=$work/.build/release/gatesPackageTests.xctest
[ -x "$bundle" ] || { echo "$bundle: no such program"; exit 2; }

# Runs the tests with mutant $1 of file $2 up to the first that fails: 0 all passed, 1 one failed, 2 the process ended by a
# signal of its own, 3 anything else, which is nobody's kill. Pages have tests of their own: the cases of bad evidence last.
run_tests() {
  case $2 in
    ../Pages/* | Waiver* | CivilDay | MilestonePages* | OverrideSections)
      run_some "$1" --skip badEvidence_neverPasses || return $?
      run_some "$1" --filter badEvidence_neverPasses ;;
    *) run_some "$1" ;;
  esac
}

run_some() {
  GATE_MUTANT=$1
  export GATE_MUTANT
  shift
  "$bundle" --testing-library swift-testing "$@" >test.log 2>&1 &
  process=$!
  while kill -0 "$process" 2>/dev/null; do
    if grep -q "recorded an issue" test.log; then
      kill -9 "$process" 2>/dev/null || true
      wait "$process" 2>/dev/null || true
      return 1
    fi
    sleep 0.1
  done
  status=0
  wait "$process" || status=$?
  if [ "$status" -eq 0 ] && grep -q "Test run with .* passed" test.log; then return 0; fi
  if grep -q "recorded an issue" test.log; then return 1; fi
  # A trap: SIGILL, SIGTRAP, SIGABRT, SIGSEGV.
  case $status in 132 | 133 | 134 | 139) return 2 ;; *) return 3 ;; esac
}

run_tests 0 none || { echo "the tests fail without a mutant"; exit 2; }
survivors=0
for number in ${MUTANTS:-$(seq 1 "$count")}; do
  line=$(grep -v '^#' "$here/scripts/gate_mutants.txt" | grep . | sed -n "${number}p")
  outcome=0
  run_tests "$number" "${line%% *}" || outcome=$?
  case $outcome in
    0) echo "SURVIVED $number: $line"; survivors=$((survivors + 1)) ;;
    1) echo "killed $number by $(sed -n 's/.*Test \([A-Za-z0-9_]*\)(.*recorded an issue.*/\1/p' test.log | head -1): $line" ;;
    2) echo "killed $number by a trap: $line" ;;
    *) echo "mutant $number: the tests ended with $status and no verdict"; exit 2 ;;
  esac
done
run_tests 0 none || { echo "the tests fail without a mutant, at the end"; exit 2; }
echo "$survivors of mutants ${MUTANTS:-1 to $count} survived; $count are listed"
[ "$survivors" -eq 0 ]
