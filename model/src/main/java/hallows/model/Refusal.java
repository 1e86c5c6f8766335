package hallows.model;

/// Why an append or a read was refused.
public enum Refusal {
    /// The disk is full; it is certain that nothing was written. It may work later.
    NO_SPACE(1),
    /// The disk has failed; an append may be in the log or not.
    DISK_FAILED(2),
    /// The offset is not in the log.
    OUT_OF_RANGE(3),
    /// The request is not a request.
    MALFORMED(4),
    /// The owner is not there now; it may be back soon.
    NOT_AVAILABLE(5),
    /// The disk did not take it; it is certain that nothing was written. It may work later.
    NOT_WRITTEN(6);

    private final byte code;

    Refusal(int code) {
        this.code = (byte) code;
    }

    /// What stands for it on the wire, for ever.
    public byte code() {
        return code;
    }

    /// The refusal that a code stands for.
    public static Refusal of(byte code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        throw new IllegalArgumentException("no refusal has the code " + code);
    }
}
