package hallows.simulation;

/// Ends the work of a process that was killed, wherever it stands.
final class ProcessEnded extends Error {
    private static final long serialVersionUID = 1L;

    ProcessEnded(String process) {
        super(process + " has been killed", null, false, false);
    }
}
