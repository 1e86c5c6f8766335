package hallows.cluster;

import org.apache.kafka.common.protocol.ApiMessage;

/// One question to the controller. Who may ask what is decided before.
///
/// @param request a generated request message; not to be changed any more
/// @param version in which version the client spoke: some answers depend on it
/// @param caller who asks
public record ControllerCall(ApiMessage request, short version, Caller caller) {
    /// A question of this node itself.
    public static ControllerCall own(ApiMessage request) {
        return new ControllerCall(request, request.highestSupportedVersion(), Caller.THIS_NODE);
    }

    /// Who asks.
    ///
    /// @param principal who it is, as Kafka writes it: `User:alice`
    /// @param clientId how it calls itself
    /// @param quota how many partitions it may still change
    public record Caller(String principal, String clientId, MutationQuota quota) {
        /// This node.
        public static final Caller THIS_NODE = new Caller("User:ANONYMOUS", "", _ -> 0);
    }

    /// Holds back who changes too many partitions.
    @FunctionalInterface
    public interface MutationQuota {
        /// Notes that so many partitions are to be created or deleted. How long to wait first, in
        /// milliseconds; 0 to go on. On the controller's thread.
        int throttleMillis(int partitions);
    }
}
