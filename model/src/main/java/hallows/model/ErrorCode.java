package hallows.model;

/// What a client is told when something is refused. Names and numbers are Kafka's, for ever.
public enum ErrorCode {
    /// The offset is not in the log.
    OFFSET_OUT_OF_RANGE(1),
    /// The bytes are not what their checksum says, or no batch at all.
    CORRUPT_MESSAGE(2),
    /// There is no such topic, or it has no such partition.
    UNKNOWN_TOPIC_OR_PARTITION(3),
    /// The log is not here any more, or not for this.
    NOT_LEADER_OR_FOLLOWER(6),
    /// There is no room for it now; later there may be.
    REQUEST_TIMED_OUT(7),
    /// A batch is larger than the topic allows.
    MESSAGE_TOO_LARGE(10),
    /// A batch does not fit into a segment.
    RECORD_LIST_TOO_LARGE(18),
    /// Too few replicas are in sync for an append that all of them are to have.
    NOT_ENOUGH_REPLICAS(19),
    /// Too few replicas are in sync; the append is in the log all the same.
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(20),
    /// A timestamp is too far from now.
    INVALID_TIMESTAMP(32),
    /// A sequence number leaves a gap.
    OUT_OF_ORDER_SEQUENCE_NUMBER(45),
    /// The producer, or the coordinator, has a newer epoch.
    INVALID_PRODUCER_EPOCH(47),
    /// The producer is not in a state where it may do this.
    INVALID_TXN_STATE(48),
    /// A newer transaction coordinator has spoken.
    TRANSACTION_COORDINATOR_FENCED(52),
    /// The disk is full or has failed.
    KAFKA_STORAGE_ERROR(56),
    /// Nothing is known of this producer any more.
    UNKNOWN_PRODUCER_ID(59),
    /// Who asks knows an older leader.
    FENCED_LEADER_EPOCH(74),
    /// Who asks knows a newer leader.
    UNKNOWN_LEADER_EPOCH(75),
    /// The compression is not one that the log can hold.
    UNSUPPORTED_COMPRESSION_TYPE(76),
    /// A new leader does not know yet how far its followers are.
    OFFSET_NOT_AVAILABLE(78),
    /// A record breaks a rule of its topic.
    INVALID_RECORD(87);

    private final short code;

    ErrorCode(int code) {
        this.code = (short) code;
    }

    /// What stands for it on the wire.
    public short code() {
        return code;
    }
}
