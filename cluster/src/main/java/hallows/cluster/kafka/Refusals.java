package hallows.cluster.kafka;

import hallows.cluster.ControllerCall;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;

/// What could not be done, said as a response of the API that was asked.
final class Refusals {
    private Refusals() {}

    /// Kafka knows for each request how its response says an error, for all that it asked about.
    static ApiMessage response(ControllerCall call, Throwable failure) {
        ApiKeys api = ApiKeys.forId(call.request().apiKey());
        short version =
                (short) Math.clamp(call.version(), api.oldestVersion(), api.latestVersion());
        AbstractRequest request =
                AbstractRequest.parseRequest(
                                api,
                                version,
                                MessageUtil.toByteBufferAccessor(call.request(), version))
                        .request;
        return request.getErrorResponse(0, cause(failure)).data();
    }

    /// What was thrown, without what carried it here.
    static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        boolean carries =
                failure instanceof CompletionException || failure instanceof ExecutionException;
        return carries && inner != null ? cause(inner) : failure;
    }
}
