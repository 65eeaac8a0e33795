#pragma once

/// The names of the files in a run's folder and the headers of its tables; store.hpp describes their contents.
namespace infoplane {

inline constexpr const char* kExperimentFile = "experiment.yaml";
inline constexpr const char* kEstimateFile = "estimate.yaml";  // of an estimate, instead of experiment.yaml
inline constexpr const char* kProvenance = "provenance.json";
inline constexpr const char* kCheckpoint = "checkpoint";
inline constexpr const char* kFigures = "figures";
inline constexpr const char* kReport = "report.html";

inline constexpr const char* kTraining = "training.csv";
inline constexpr const char* kTrainingHeader = "replica,epoch,split,loss,accuracy";
inline constexpr const char* kInformation = "information.csv";
inline constexpr const char* kInformationHeader =
    "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits";  // followed by the details
inline constexpr const char* kParameters = "parameters.csv";
inline constexpr const char* kParametersHeader = "replica,epoch,parameter,index,value";
inline constexpr const char* kHistograms = "histograms.csv";
inline constexpr const char* kHistogramsHeader = "replica,epoch,layer,unit,label,low,high,count";
inline constexpr const char* kTruth = "truth.csv";
inline constexpr const char* kTruthHeader = "i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error";
inline constexpr const char* kBottleneck = "bottleneck.csv";
inline constexpr const char* kBottleneckHeader = "beta,i_xt_bits,i_ty_bits";
inline constexpr const char* kClaims = "claims.csv";
inline constexpr const char* kTables[] = {kTraining, kInformation, kParameters, kHistograms,
                                          kTruth,    kBottleneck,  kClaims};

/// The SHA-256 of each table, and of estimate.yaml.
inline constexpr const char* kDigests = "tables.sha256";

}  // namespace infoplane
