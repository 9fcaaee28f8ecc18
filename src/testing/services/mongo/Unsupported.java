import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import java.util.Set;

/** Refuses loudly what the library would ignore in silence: a test must not pass because nothing happened. */
final class Unsupported {
  private static final Set<String> OPTIONS =
      Set.of("collation", "let", "validator", "startTransaction", "txnNumber", "timeseries", "arrayFilters");

  private static final Set<String> PROJECTIONS = Set.of("$slice", "$elemMatch");

  private Unsupported() {}

  static void refuse(String command, Document query) {
    refuseOptions(query, command.equals("findAndModify"));
    refusePipeline(query.get("update"));
    refuseExpressions(query.get(command.equals("find") ? "projection" : "fields"));
    for (String list : List.of("updates", "deletes", "indexes")) {
      if (query.get(list) instanceof List) {
        for (Object part : (List<?>) query.get(list)) {
          refuseOptions((Document) part, true);
          refusePipeline(((Document) part).get("u"));
        }
      }
    }
  }

  private static void refuseOptions(Document part, boolean takesArrayFilters) {
    for (String option : OPTIONS) {
      if (part.containsKey(option) && !(takesArrayFilters && option.equals("arrayFilters"))) {
        throw notImplemented(option);
      }
    }
  }

  private static void refuseExpressions(Object projection) {
    if (projection instanceof Document) {
      for (Object value : ((Document) projection).values()) {
        boolean operator = value instanceof Document && !PROJECTIONS.containsAll(((Document) value).keySet());
        if (operator || value instanceof String) {
          throw notImplemented("expressions in a projection");
        }
      }
    }
  }

  private static void refusePipeline(Object update) {
    if (update instanceof List) {
      throw notImplemented("an update by pipeline");
    }
  }

  private static MongoServerError notImplemented(String what) {
    return new MongoServerError(238, "NotImplemented", "the MongoDB stand-in does not support " + what);
  }
}
