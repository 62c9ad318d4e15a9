# Sourced by the launchers and by the quickstart: finds a JDK 25. Sets JAVA25 to its folder, or fails
# with one sentence. Tried in this order: JAVA25_HOME, JAVA_HOME, the PATH, and where systems and
# SDKMAN put them.

is_java25() {
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[".+-]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q 'version "25[".+-]'
  fi
}

java_on_path() {
  local java target
  java=$(command -v java) || return 0
  while target=$(readlink "$java"); do
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  dirname "$(dirname "$java")"
}

find_java25() {
  local candidate
  for candidate in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" "$(java_on_path)" \
      /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
      "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk@25 /usr/local/opt/openjdk@25 \
      "${HOME:-/nonexistent}"/.jdks/*; do
    if [ -n "$candidate" ] && is_java25 "$candidate"; then
      JAVA25=$candidate
      return 0
    fi
  done
  echo "No JDK 25 was found: install one (Temurin 25 works) or name its folder in JAVA25_HOME." >&2
  return 1
}
