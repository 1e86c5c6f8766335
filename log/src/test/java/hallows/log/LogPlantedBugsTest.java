package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mutant;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The log's simulation is worth what it finds: each bug here is planted into the code that ships,
/// is found by the check that is there for it, and its seed finds it again.
final class LogPlantedBugsTest {
    /// The rarest is found with one in a few hundred.
    private static final int SEEDS = 2_000;

    private static final ClassDesc ENDS = ClassDesc.of("hallows.log.Ends");
    private static final ClassDesc LOG = ClassDesc.of("hallows.log.Log");
    private static final ClassDesc FILE = ClassDesc.of("hallows.runtime.DiskFile");
    private static final ClassDesc RESULT = ClassDesc.of("hallows.runtime.Result");
    private static final MethodTypeDesc TO_LONG = MethodTypeDesc.of(ConstantDescs.CD_long);
    private static final MethodTypeDesc TO_RESULT = MethodTypeDesc.of(RESULT);

    /// What an acknowledged record is that is gone.
    private static final String LOST =
            "is missing|was acknowledged|two acknowledged|has become|below its recovery point";

    /// What comes of bytes behind the end of a log that are no records.
    private static final String TAIL = LOST + "|recovered after|taken back|there twice|damaged";

    static Stream<Named<Mutant.Bug>> bugs() {
        return Stream.of(
                Named.of("readers beyond the durable end", showsWhatIsNotDurable()),
                Named.of("a flush that counts for what came later", countsWhatCameLater()),
                Named.of("a failed flush that is tried again", flushesAgain()),
                Named.of("recovery that does not write again", doesNotWriteAgain()),
                Named.of("whoever believes one look", believesOneLook()),
                Named.of("what a failed write has left stays", returnsDone("Cut", "run", TAIL)),
                Named.of("a cut that is not flushed", doesNotFlush("Truncate", "lambda.*cut.*")),
                Named.of("a roll that leaves its files", leavesFiles()),
                Named.of("a recovery point at the durable end", pointsToTheEnd()),
                Named.of("index entries that are not written", writesNoTails()),
                Named.of("producers that are not rolled back", keepsProducers()),
                Named.of(
                        "epochs that are not kept",
                        returnsDone("NoteEpochs", "run", "the epoch .* is forgotten")),
                Named.of("aborted transactions that are not kept", keepsNoAborted()));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFoundAndItsSeedReplaysIt(Mutant.Bug bug) {
        Optional<String> found = Mutant.hunt(bug, MutantTrial.class, SEEDS);
        assertTrue(found.isPresent(), "not found in " + SEEDS + " seeds");
        System.out.println(found.get());
    }

    private static Mutant.Bug bug(
            String victim, String method, CodeTransform change, String complaint) {
        return new Mutant.Bug("hallows.log." + victim, method, change, complaint);
    }

    private static Mutant.Bug showsWhatIsNotDurable() {
        CodeTransform written =
                (code, element) -> {
                    if (reads(element, "durable")) {
                        code.getfield(ENDS, "written", ConstantDescs.CD_long);
                    } else {
                        code.with(element);
                    }
                };
        return bug("Ends", "advance", written, LOST);
    }

    private static Mutant.Bug countsWhatCameLater() {
        CodeTransform later =
                (code, element) -> {
                    if (calls(element, "end")) {
                        code.pop().aload(0).getfield(LOG, "ends", ENDS);
                        code.invokevirtual(ENDS, "written", TO_LONG);
                    } else {
                        code.with(element);
                    }
                };
        return bug("Log", "keptUp", later, LOST);
    }

    /// Nobody minds what the first one says.
    private static Mutant.Bug flushesAgain() {
        CodeTransform twice =
                (code, element) -> {
                    if (calls(element, "flush")) {
                        code.dup().invokeinterface(FILE, "flush", TO_RESULT).pop();
                    }
                    code.with(element);
                };
        return bug("FlushWork", "keepUp", twice, LOST);
    }

    private static Mutant.Bug doesNotWriteAgain() {
        return bug("BatchReading", "batches", neverAgain(), LOST);
    }

    private static CodeTransform neverAgain() {
        return (code, element) -> {
            if (reads(element, "againFrom")) {
                code.pop().loadConstant(BatchReading.NOTHING);
            } else {
                code.with(element);
            }
        };
    }

    private static Mutant.Bug leavesFiles() {
        CodeTransform stay =
                (code, element) -> {
                    if (calls(element, "remove")) {
                        code.pop2().getstatic(RESULT, "DONE", RESULT);
                    } else {
                        code.with(element);
                    }
                };
        return bug("RollOver", "undo", stay, LOST + "|a gap|taken back|damaged");
    }

    private static Mutant.Bug pointsToTheEnd() {
        CodeTransform end =
                (code, element) -> {
                    if (element instanceof OperatorInstruction operator
                            && operator.opcode() == Opcode.LSUB) {
                        code.pop2();
                    } else {
                        code.with(element);
                    }
                };
        return bug("RecoveryPoint", "of", end, "stands for|nothing since");
    }

    private static Mutant.Bug writesNoTails() {
        return bug("Tending", "run", done(), "stands for|nothing since|recovered after");
    }

    private static Mutant.Bug keepsProducers() {
        CodeTransform skipped =
                (code, element) -> {
                    if (calls(element, "rollback")) {
                        code.pop();
                    } else {
                        code.with(element);
                    }
                };
        return bug("Staging", "rollBack", skipped, "PT2M");
    }

    private static Mutant.Bug returnsDone(String victim, String method, String complaint) {
        return bug(victim, method, done(), complaint);
    }

    /// What is read once is written again, with the bits that were turned on the way.
    private static Mutant.Bug believesOneLook() {
        CodeTransform same =
                (code, element) -> {
                    if (calls(element, "equals")) {
                        code.pop2().iconst_1();
                    } else {
                        code.with(element);
                    }
                };
        return bug("SureRead", "of", same, LOST + "|damaged|a gap|forgotten");
    }

    private static Mutant.Bug doesNotFlush(String victim, String method) {
        CodeTransform unflushed =
                (code, element) -> {
                    if (calls(element, "flush")) {
                        code.pop().getstatic(RESULT, "DONE", RESULT);
                    } else {
                        code.with(element);
                    }
                };
        return bug(victim, method, unflushed, LOST + "|taken back|there twice|damaged");
    }

    private static Mutant.Bug keepsNoAborted() {
        return bug("NoteAborted", "run", done(), "an aborted record was shown");
    }

    /// Says that all is done, whatever came of it: what is written is given up before.
    private static CodeTransform done() {
        return CodeTransform.ofStateful(() -> {
            boolean[] begun = new boolean[1];
            return (code, element) -> {
                if (!begun[0]) {
                    begun[0] = true;
                    code.getstatic(RESULT, "DONE", RESULT).areturn();
                }
                code.with(element);
            };
        });
    }

    private static boolean reads(CodeElement element, String field) {
        return element instanceof FieldInstruction it
                && it.opcode() == Opcode.GETFIELD
                && it.name().equalsString(field);
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }
}
