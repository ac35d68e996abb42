#!/usr/bin/env bash
# A run or sweep as an array of Slurm jobs, each a share of it, and a job that joins them when all are done.
#
#   scripts/slurm_array.sh [SBATCH OPTION…] N moniac run|sweep SCENARIO -o FILE [OPTION…]
#
# Options of sbatch (--name=value) are for the shares and for joining them: --partition=long --cpus-per-task=8
# --time=4:00:00. FILE lies where all machines see it. A share that reaches its time limit, is preempted or loses its
# machine keeps what it has, is queued again and goes on. The same command again does what is missing.
# Prints the numbers of both jobs.
set -euo pipefail

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

# Inside the array: share i of N. It was interrupted when it ends with 75, or with 143 before it had anything to keep.
share() {
  local shard=$SLURM_ARRAY_TASK_ID/$1 work code=0
  shift
  "$@" --quiet --shard "$shard" &
  work=$!
  trap 'kill -TERM $work 2>/dev/null' TERM
  wait $work || code=$?
  while kill -0 $work 2>/dev/null; do code=0; wait $work || code=$?; done
  [[ $code -ne 75 && $code -ne 143 ]] || scontrol requeue "$SLURM_JOB_ID"
  exit $code
}

# output_of WORD…: what -o names.
output_of() {
  while [[ $# -gt 0 ]]; do
    case $1 in
      -o | --output) echo "${2:-}" && return ;;
      -o*) echo "${1#-o}" && return ;;
      --output=*) echo "${1#--output=}" && return ;;
    esac
    shift
  done
}

[[ ${1:-} != --share ]] || share "${@:2}"
[[ ${1:-} != --join ]] || exec "${@:2}"

options=()
while [[ ${1:-} == -* ]]; do options+=("$1") && shift; done
[[ $# -ge 4 && $1 =~ ^[1-9][0-9]*$ ]] || usage
shares=$1
shift
output=$(output_of "$@")
[[ -n $output ]] || usage

array=$(sbatch --parsable --array="0-$((shares - 1))" --requeue --open-mode=append --signal=B:TERM@60 \
  --job-name=moniac \
  "${options[@]}" "$0" --share "$shares" "$@")
join=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes --job-name=moniac_merge \
  "${options[@]}" "$0" --join "$1" merge "$output")
echo "$array $join"
