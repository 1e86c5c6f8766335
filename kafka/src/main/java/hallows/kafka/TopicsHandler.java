package hallows.kafka;

import hallows.cluster.ControllerCall;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.ApiMessage;

/// Brings changes of topics to the controller, which checks them, and its answer back.
///
/// @param <M> the request
final class TopicsHandler<M extends ApiMessage> implements Handler {
    private final Station station;
    private final Supplier<M> empty;
    private final Function<M, ? extends ApiMessage> unanswered;

    /// @param empty makes a request to be read into
    /// @param unanswered what is said of a request when the controller fails
    TopicsHandler(
            Station station, Supplier<M> empty, Function<M, ? extends ApiMessage> unanswered) {
        this.station = station;
        this.empty = empty;
        this.unanswered = unanswered;
    }

    @Override
    public boolean serve(Incoming request) {
        M asked = request.read(empty.get());
        ControllerCall.Caller caller =
                new ControllerCall.Caller("User:ANONYMOUS", request.clientId(), _ -> 0);
        station.ask(
                new ControllerCall(asked, request.version(), caller),
                answer ->
                        request.reply(answer.isPresent() ? answer.get() : unanswered.apply(asked)));
        return true;
    }
}
