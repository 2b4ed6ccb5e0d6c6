# Sourced by the tests that need a language runtime.

# need_runtime COMMAND...: ends the test as skipped when one is missing; where nothing may be
# skipped (CI=true) as failed.
need_runtime() {
    for runtime; do
        command -v "$runtime" >/dev/null 2>&1 && continue
        echo "$runtime is not installed; ./dev test --install-runtimes installs it"
        [ "${CI:-}" != true ] || exit 1
        exit 77
    done
}
